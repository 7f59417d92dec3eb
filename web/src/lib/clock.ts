/** How far the program's clock is ahead of this device's, in milliseconds. */
let ahead = 0;

/** Sets this page's clock by the server's: whether something is late does not depend on a wrong device. */
export function setClock(serverNow: string): void {
  ahead = Date.parse(serverNow) - Date.now();
}

/** The program's time; the only place in the page that reads the time. */
export const now = (): Date => new Date(Date.now() + ahead);
