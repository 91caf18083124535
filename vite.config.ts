import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { CATALOG } from './src/pipeline/catalog.ts';

/**
 * What the page may do: load its own files, start its own workers, and nothing else. The source of a program
 * never leaves the browser, and this is what holds us to it. Styles may be inline because the editor writes them.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** In the page itself, because where it will be hosted we may have no say in headers. Not in dev: hot reload is inline. */
function policyInPage(): Plugin {
  return {
    name: 'policy-in-page',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY },
        injectTo: 'head-prepend',
      },
    ],
  };
}

/**
 * Everything that the page needs at once in one chunk. Left to itself the bundler would cut it wherever a lazy part
 * shares a module with it, and each cut costs a request, and bytes that compress worse.
 */
function oneShell(): Plugin & { holds(id: string): boolean } {
  const shell = new Set<string>();
  return {
    name: 'one-shell',
    apply: 'build',
    buildEnd() {
      const rest = [...this.getModuleIds()].filter((id) => this.getModuleInfo(id)?.isEntry);
      for (let id = rest.pop(); id !== undefined; id = rest.pop()) {
        if (shell.has(id)) continue;
        shell.add(id);
        rest.push(...(this.getModuleInfo(id)?.importedIds ?? []));
      }
    },
    holds: (id) => shell.has(id),
  };
}
const shell = oneShell();

/** What there is to choose is plain data: a worker that is built tells it without the code that it was made of. */
function catalogAsData(): Plugin {
  return {
    name: 'catalog-as-data',
    apply: 'build',
    transform: {
      filter: { id: /\/src\/pipeline\/catalog\.ts$/ },
      handler: () => ({ code: `export const CATALOG = ${JSON.stringify(CATALOG)};`, map: null }),
    },
  };
}

export default defineConfig({
  base: './',
  plugins: [react(), policyInPage(), shell],
  build: {
    target: 'es2022',
    manifest: true,
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'shell', test: (id) => shell.holds(id) }] } },
    },
    // The editor is one big chunk, loaded on its own after the first picture.
    chunkSizeWarningLimit: 4000,
  },
  worker: { format: 'es', plugins: () => [catalogAsData()] },
  server: { host: '127.0.0.1' },
  preview: {
    host: '127.0.0.1',
    port: 4173,
    strictPort: false,
    headers: { 'Content-Security-Policy': CONTENT_SECURITY_POLICY },
  },
});
