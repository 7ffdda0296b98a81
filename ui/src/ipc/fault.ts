/// What a failed call is: the fault Rust sent, or a fault made of whatever arrived instead.
import type { Fault } from "./types";

export class CallFault extends Error {
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(fault.message);
    this.name = "CallFault";
    this.fault = fault;
  }
}

function isFault(value: unknown): value is Fault {
  return typeof value === "object" && value !== null && "code" in value && "message" in value;
}

/** The fault in `cause`, or an internal one that says which command was being called. */
export function asFault(cause: unknown, doing: string): Fault {
  if (cause instanceof CallFault) return cause.fault;
  if (isFault(cause)) return { ...EMPTY, ...cause };
  const message = cause instanceof Error ? cause.message : String(cause);
  return { ...EMPTY, code: "INTERNAL", message: `${doing}: ${message}`, remedy: "please report this" };
}

const EMPTY: Fault = { code: "INTERNAL", message: "", path: null, line: null, column: null, byte_offset: null, remedy: "" };
