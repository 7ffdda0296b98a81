/// Commands and their keys: see `catalogue` for what exists, `registry` for what can be run now.
export { CATALOGUE, type Command, commandById, type Scope } from "./catalogue";
export { caps, comboOfEvent, isSingle, writtenOf } from "./combo";
export { type GivenKeys, readGiven, refusal } from "./keys";
export { type Action, commandsNow, handleKey, keyOf, type Offered, runCommand, setKeys, setSingleKeys, useCommands, useCommandsNow, useKeyListener, useKeyNow, useOffered } from "./registry";
