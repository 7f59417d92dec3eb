import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** What must hold of docker-compose.yml and Dockerfile, said by a parser where no engine runs. */
const compose = parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true });
const docker = readFileSync('Dockerfile', 'utf8');
const faults = [];
const must = (condition, sentence) => condition || faults.push(sentence);

for (const name of ['web', 'worker', 'postgres', 'redis'])
  must(compose.services?.[name], `service ${name} is missing`);
for (const [name, service] of Object.entries(compose.services)) {
  must(service.healthcheck, `${name} has no health check`);
  must(service.image || service.build, `${name} has neither image nor build`);
  must(!service.container_name, `${name} cannot be scaled with a fixed name`);
  for (const [key, value] of Object.entries(service.environment ?? {})) {
    const secret = /PASSWORD|SECRET|KEY/.test(key);
    must(
      !secret || /^\$\{\w+:(\?.+|-)\}$/.test(value),
      `${name}.${key} must come from the environment, without a default`,
    );
  }
  for (const dependency of Object.keys(service.depends_on ?? {}))
    must(compose.services[dependency], `${name} waits for an unknown ${dependency}`);
  for (const volume of service.volumes ?? [])
    must(volume.split(':')[0] in compose.volumes, `${name} uses an undeclared volume ${volume}`);
}
for (const name of ['web', 'worker'])
  must(
    compose.services[name].volumes?.some((volume) => volume.endsWith(':/data')),
    `${name} must share the folder of uploaded files`,
  );
must(!compose.services.worker.ports, 'a worker with ports cannot be scaled');
const redis = compose.services.redis.command.join(' ');
must(
  redis.includes('--appendonly yes') && redis.includes('--maxmemory-policy noeviction'),
  'redis must keep jobs: AOF and noeviction',
);
must((docker.match(/^FROM /gm) ?? []).length >= 2, 'the Dockerfile must build in stages');
must(/^USER (?!root)/m.test(docker), 'the image must not run as root');
must(/^HEALTHCHECK /m.test(docker), 'the image needs a health check');

for (const fault of faults) process.stderr.write(`${fault}\n`);
process.exit(faults.length === 0 ? 0 : 1);
