/** Where the launcher tells what the operator should know; a pino logger fits. */
export interface StartupLog {
  info(message: string): void;
  warn(message: string): void;
}
