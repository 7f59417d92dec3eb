import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

/** The server that `npm run dev:web` works with. */
const API = process.env.API ?? 'http://localhost:3000';

/** Compresses once what would be compressed at every answer. */
function compressed(): Plugin {
  let folder = '';
  return {
    name: 'compressed',
    apply: 'build',
    configResolved: ({ root, build }) => void (folder = join(root, build.outDir)),
    closeBundle() {
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        if (!/\.(js|css|html|svg|json)$/.test(name)) continue;
        const content = readFileSync(join(folder, name));
        writeFileSync(join(folder, `${name}.br`), brotliCompressSync(content));
        writeFileSync(join(folder, `${name}.gz`), gzipSync(content));
      }
    },
  };
}

/** The officer's web app, built beside the server that gives it out at `/app`. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/app/',
  plugins: [compressed()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    rolldownOptions: {
      // what most pages use comes in one piece, not in a hundred
      output: {
        codeSplitting: {
          groups: [
            {
              name: 'shared',
              test: /node_modules\/(?!@mantine\/(dates|form|charts)|recharts|@dnd-kit)/,
              minShareCount: 12,
            },
          ],
        },
      },
      // libraries mark their parts for servers that render: nothing here does
      onwarn: (warning, tell) => {
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') tell(warning);
      },
    },
  },
  css: { postcss: import.meta.dirname },
  // the server's own address is the one that it takes requests from
  server: {
    port: 5173,
    proxy: {
      '/api': { target: API, changeOrigin: true, headers: { origin: API } },
      '/health': { target: API, changeOrigin: true },
    },
  },
});
