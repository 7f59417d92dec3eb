/** What ⌘K opens. */
export default function Finding({ asked }: { asked: number }) {
  return <span hidden>{asked}</span>;
}
