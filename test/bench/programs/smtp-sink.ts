import { SMTPServer } from 'smtp-server';

/** A mail server that takes everything and keeps nothing but the count. */
let taken = 0;
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  disableReverseLookup: true,
  onData: (stream, _session, done) => {
    stream.on('data', () => undefined);
    stream.on('end', () => {
      taken += 1;
      done();
    });
  },
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.server.address() as { port: number };
  process.stdout.write(`${JSON.stringify({ url: `smtp://127.0.0.1:${port}` })}\n`);
});
process.on('SIGTERM', () => process.exit(taken >= 0 ? 0 : 1));
