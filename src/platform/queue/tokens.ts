/** The jobs that this program knows: `readonly JobDefinition[]`. */
export const JOBS = Symbol('jobs');
export const QUEUE_SETTINGS = Symbol('queue settings');
