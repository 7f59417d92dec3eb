/**
 * The rule of an ordered list of folders: each imports only from those to its right, and not from its neighbours
 * in the same place. For dependency-cruiser. @param base the folder that holds them, such as `src/modules`
 */
exports.downwardOnly = (order, base) =>
  order.flatMap((names, level) =>
    names.map((name) => {
      const notBelow = order
        .slice(0, level + 1)
        .flat()
        .filter((other) => other !== name);
      return {
        name: `${name}-imports-downward-only`,
        severity: 'error',
        from: { path: `^${base}/${name}/` },
        to: { path: `^${base}/(${notBelow.join('|') || 'none'})/` },
      };
    }),
  );

exports.noCycles = {
  name: 'no-cycles',
  severity: 'error',
  from: {},
  to: { circular: true, dependencyTypesNot: ['type-only'] },
};
