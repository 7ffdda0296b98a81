/// Commands and their keys: see `catalogue` for what exists, `registry` for what can be run now.
export { CATALOGUE, type Command, commandById, type Scope } from "./catalogue";
export { caps } from "./combo";
export { type Action, handleKey, type Offered, runCommand, setSingleKeys, useCommands, useKeyListener, useOffered } from "./registry";
