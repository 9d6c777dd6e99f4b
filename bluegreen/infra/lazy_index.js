// Preloaded into jsii's Node, where three files do far more than a synthesis needs. Each is put right as it is loaded;
// a file that no longer reads like this is loaded as it is: everything works, slower.
"use strict";

const fs = require("node:fs");
const Module = require("node:module");

const CHANGES = [
  // The index of the AWS bindings loads some 2,000 modules at once, of which a stack uses 40. Each of its
  // `exports.x = require("./x")` becomes a getter that loads x when it is first asked for.
  [
    /[\\/]provider-aws[\\/](?:[^\\/]+[\\/]){0,2}lib[\\/]index\.js$/,
    /^exports\.(\w+) = require\((".+?")\);$/gm,
    'Object.defineProperty(exports, "$1", { enumerable: true, configurable: true, get: () => require($2) });',
  ],
  // cdktf needs its zip library for assets that are folders to be zipped.
  [
    /[\\/]cdktf[\\/](?:[^\\/]+[\\/]){0,2}lib[\\/]private[\\/]fs\.js$/,
    /^const archiver = require\("archiver"\);$/m,
    'const archiver = (...options) => require("archiver")(...options);',
  ],
  // jsii's kernel reads the 34 MB of the bindings in pieces of 16 KB to know by their digest what it has unpacked.
  [/[\\/]lib[\\/]program\.js$/, /\bBuffer\.alloc\(16384\)/, "Buffer.alloc(1048576)"],
];

exports.CHANGES = CHANGES;

const load = Module._extensions[".js"];
Module._extensions[".js"] = (module, filename) => {
  const change = CHANGES.find(([file]) => file.test(filename));
  if (change === undefined) return load(module, filename);
  return module._compile(fs.readFileSync(filename, "utf8").replace(change[1], change[2]), filename);
};

// jsii's banner about an old Node goes away only for the major number that it is told.
process.env.JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION ??= process.versions.node.split(".")[0];
