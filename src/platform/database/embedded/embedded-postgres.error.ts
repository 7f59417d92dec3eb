/** Why the embedded PostgreSQL cannot run: one sentence for the operator, with the way out. */
export class EmbeddedPostgresError extends Error {
  override name = 'EmbeddedPostgresError';
}
