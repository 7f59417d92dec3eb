const { downwardOnly, noCycles } = require('./scripts/ordered-imports.cjs');

/** The house's one ordered list: a module imports only from those to its right. */
const ORDER = [
  ['report-delivery'],
  ['reports', 'portal', 'desk', 'inbox'],
  ['privacy'],
  ['promotion'],
  ['meetings'],
  ['follow-up'],
  ['messaging'],
  ['leads'],
  ['directory'],
  ['identity'],
];

module.exports = {
  forbidden: [
    noCycles,
    {
      name: 'platform-knows-no-module',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^src/(modules|migrations|demo|bench)/' },
    },
    {
      name: 'only-the-open-files-of-a-module',
      comment:
        'Another module is used through its services, queries, entities, events, rules and its module file.',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/' },
      to: {
        path: '^src/modules/(?!$1/)',
        pathNot: '\\.(service|queries|entity|events|rules|module)\\.ts$|/permissions\\.ts$',
      },
    },
    {
      name: 'reports-call-no-service',
      severity: 'error',
      from: { path: '^src/modules/reports/' },
      to: { path: '^src/modules/(?!reports/).*\\.service\\.ts$' },
    },
    {
      name: 'the-desk-calls-no-other-service',
      severity: 'error',
      from: { path: '^src/modules/desk/' },
      to: { path: '^src/modules/(?!desk/).*\\.service\\.ts$' },
    },
    {
      name: 'nothing-imports-the-entry',
      severity: 'error',
      from: { path: '^src/(modules|platform)/' },
      to: { path: '^src/[^/]+\\.ts$' },
    },
    ...downwardOnly(ORDER, 'src/modules'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.spec\\.ts$' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
