/** The house of Foresail as rules: what may import what. See CONTRIBUTING.md. */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'forecaster-is-pure',
      comment: 'forecaster: numbers in, numbers out. No I/O, no package, nothing of the controller.',
      severity: 'error',
      from: { path: '^forecaster/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^forecaster/' },
    },
    {
      name: 'models-know-nothing-above',
      severity: 'error',
      from: { path: '^forecaster/(series|periods|models|distribution)/' },
      to: { path: '^forecaster/(plans|selection|decide|replay|outcome|reactive|lead-time)/' },
    },
    {
      name: 'adapters-do-not-know-use-cases',
      severity: 'error',
      from: { path: '^controller/(kubernetes|prometheus|lifecycle|actuators|telemetry|api)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^controller/(reconcile|cli|reports|test-cluster)/', pathNot: '^controller/reconcile/ports\\.ts$' },
    },
    {
      name: 'reports-get-data',
      severity: 'error',
      from: { path: '^controller/reports/', pathNot: '\\.test\\.ts$' },
      to: { path: '^controller/(kubernetes|actuators|reconcile|cli)/', pathNot: '^controller/reconcile/ports\\.ts$' },
    },
    {
      name: 'api-stands-alone',
      severity: 'error',
      from: { path: '^controller/api/', pathNot: '\\.test\\.ts$' },
      to: { path: '^controller/(?!api/)' },
    },
    {
      name: 'nobody-imports-main-or-cli',
      severity: 'error',
      from: { pathNot: '^controller/(cli|main\\.ts)|\\.test\\.ts$' },
      to: { path: '^controller/(main\\.ts$|cli/)' },
    },
    {
      name: 'doubles-are-for-tests',
      severity: 'error',
      from: { pathNot: '\\.test\\.ts$|^forecaster/models/doubles/' },
      to: { path: '^forecaster/models/doubles/' },
    },
    {
      name: 'product-never-imports-tests-or-benchmarks',
      severity: 'error',
      from: { path: '^(controller|forecaster)/', pathNot: '\\.test\\.ts$|^controller/test-cluster/' },
      to: { path: '\\.test\\.ts$|^benchmarks/|^controller/test-cluster/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.json'] },
  },
}
