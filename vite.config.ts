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
 * Everything that a module needs at once in one chunk. Left to itself the bundler would cut it wherever a lazy part
 * shares a module with it, and each cut costs a request, and bytes that compress worse.
 */
function oneChunk(name: string, isRoot: (id: string, isEntry: boolean) => boolean): OneChunk {
  const inside = new Set<string>();
  return {
    name: `one-chunk-${name}`,
    apply: 'build',
    buildEnd() {
      const rest = [...this.getModuleIds()].filter((id) =>
        isRoot(id, this.getModuleInfo(id)?.isEntry ?? false),
      );
      for (let id = rest.pop(); id !== undefined; id = rest.pop()) {
        if (inside.has(id)) continue;
        inside.add(id);
        rest.push(...(this.getModuleInfo(id)?.importedIds ?? []));
      }
    },
    group: { name, test: (id) => inside.has(id) },
  };
}
type OneChunk = Plugin & { readonly group: { readonly name: string; test(id: string): boolean } };

const shell = oneChunk('shell', (_, isEntry) => isEntry);
const stage = oneChunk('stage', (id) => id.endsWith('/src/views/stage/stage.tsx'));
/** What a worker needs to run the first program, behind its entry. */
const firstRun = oneChunk('first-run', (id) => id.endsWith('/src/pipeline/known-first.ts'));

/** What a worker loads until it can run the first program; the last is the bundler's own. */
const ENGINE_FILE = /^assets\/(engine|first-run|rolldown-runtime)-[^/]*\.js$/;

/**
 * The parts of the page, in the order in which they are wanted. The static frame is painted as soon as it is there: the
 * styles of the app come behind it, and the app itself waits for them. Meanwhile the engine is fetched, so that
 * the worker finds it when the app has started it.
 */
function frameFirst(): Plugin {
  return {
    name: 'frame-first',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const styles: string[] = [];
        const rest = html.replace(/\s*<link rel="stylesheet"[^>]*>/g, (link) => {
          styles.push(link.trim());
          return '';
        });
        const engine = Object.keys(bundle).filter((file) => ENGINE_FILE.test(file));
        const hints = engine.map((file) => `<link rel="prefetch" href="./${file}" />`);
        return rest
          .replace('</head>', `  ${hints.join('\n    ')}\n  </head>`)
          .replace('</body>', `  ${styles.join('\n    ')}\n  </body>`);
      },
    },
  };
}

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
  plugins: [react(), policyInPage(), shell, stage, frameFirst()],
  build: {
    target: 'es2022',
    manifest: true,
    // Every browser that reads this target knows the real thing.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: { codeSplitting: { groups: [shell.group, stage.group] } },
    },
    // The editor is one big chunk, loaded on its own after the first picture.
    chunkSizeWarningLimit: 4000,
  },
  worker: {
    format: 'es',
    plugins: () => [catalogAsData(), firstRun],
    rolldownOptions: { output: { codeSplitting: { groups: [firstRun.group] } } },
  },
  server: { host: '127.0.0.1' },
  preview: {
    host: '127.0.0.1',
    port: 4173,
    strictPort: false,
    headers: { 'Content-Security-Policy': CONTENT_SECURITY_POLICY },
  },
});
