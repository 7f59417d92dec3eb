const { downwardOnly, noCycles } = require('../scripts/ordered-imports.cjs');

/** The web app's ordered list, as the server's: a feature imports only from those to its right. */
const ORDER = [
  ['reports', 'desk', 'inbox'],
  ['promotion'],
  ['meetings'],
  ['follow-up'],
  ['messaging'],
  ['leads'],
  ['directory'],
  ['identity', 'admin'],
];

module.exports = {
  forbidden: [
    noCycles,
    {
      name: 'no-source-is-shared-with-the-server',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(src|test)/' },
    },
    {
      name: 'lib-knows-only-the-contract',
      severity: 'error',
      from: { path: '^web/src/lib/' },
      to: { path: '^web/src/(app|components|features)/' },
    },
    {
      name: 'components-know-no-feature',
      severity: 'error',
      from: { path: '^web/src/components/' },
      to: { path: '^web/src/(app|features)/' },
    },
    {
      name: 'features-do-not-know-the-app',
      severity: 'error',
      from: { path: '^web/src/features/' },
      to: { path: '^web/src/app/' },
    },
    ...downwardOnly(ORDER, 'web/src/features'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.json'],
      conditionNames: ['import', 'browser', 'default'],
    },
  },
};
