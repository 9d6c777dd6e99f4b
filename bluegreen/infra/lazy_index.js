// Preloaded into jsii's Node: the index of the AWS bindings loads some 2,000 modules at once, of which a stack uses 40.
// Each of its `exports.x = require("./x")` becomes a getter that loads x when it is first asked for.
"use strict";

const fs = require("node:fs");
const Module = require("node:module");

const INDEX = /[\\/]provider-aws[\\/](?:[^\\/]+[\\/]){0,2}lib[\\/]index\.js$/;
const EAGER = /^exports\.(\w+) = require\((".+?")\);$/gm;
const LAZY = 'Object.defineProperty(exports, "$1", { enumerable: true, configurable: true, get: () => require($2) });';

const load = Module._extensions[".js"];
Module._extensions[".js"] = (module, filename) => {
  if (!INDEX.test(filename)) return load(module, filename);
  return module._compile(fs.readFileSync(filename, "utf8").replace(EAGER, LAZY), filename);
};

// jsii's banner about an old Node goes away only for the major number that it is told.
process.env.JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION ??= process.versions.node.split(".")[0];
