import { expect, it } from "vitest";
import type { Fault, QueuePreview } from "@/ipc";
import { opened, type QueueForm } from "./form";
import { firstProblem, sizeProblem, stopUnavailable } from "./problems";
import { missing } from "./slice_dialog";
import { groupingFields } from "./strata_field";
import { faultOf } from "./use_builder";

const form: QueueForm = { ...opened({}, new Date()), name: "Legal" };
const preview: QueuePreview = {
  slice_samples: 5_000, slice_tokens: 1, statement: "", prices: [{ defective_below: 0.01, samples: [294, 460, 600] }], supports_below: 0.05, estimates: true, size: 59, strata: [], seconds_each: null, seconds_from: 0,
};

it("a size is a whole number that the slice can give", () => {
  expect(sizeProblem("100", 99)).toBe("more than the slice holds");
  expect(sizeProblem("99", 99)).toBeUndefined();
  expect(sizeProblem("", 99)).toBeDefined();
});

it("the first thing in the way is said", () => {
  expect(firstProblem(form, preview)).toBeUndefined();
  expect(firstProblem({ ...form, name: " " }, preview)).toBe("the queue has no name yet");
  expect(firstProblem({ ...form, claim: { below: 0.01, allowed: 0 } }, preview)).toBe("claim: it takes 294 samples");
  expect(firstProblem({ ...form, stop: "narrow", narrower: "0" }, preview)).toContain("stop: ");
});

it("a way to stop that rests on nothing cannot be chosen", () => {
  expect(stopUnavailable("decided", form)).toBe("choose a claim first");
  expect(stopUnavailable("decided", { ...form, claim: { below: 0.01, allowed: 0 } })).toBeUndefined();
  expect(stopUnavailable("narrow", { ...form, order: "cluster_by_cluster" })).toBeDefined();
  expect(stopUnavailable("all", { ...form, order: "cluster_by_cluster" })).toBeUndefined();
});

it("what is wrong with the filter is said at the filter, all else beside the form", () => {
  const fault = (code: Fault["code"], column: number | null): Fault => ({ code, message: "", remedy: "", path: null, line: null, column, byte_offset: null });
  expect(faultOf(fault("invalid_expression", 4), form).filterFault).not.toBeNull();
  expect(faultOf(fault("usage", null), form).refused).not.toBeNull();
  expect(faultOf(fault("unknown_field", null), { ...form, strataBy: "path" }).refused).not.toBeNull();
});

it("a change of a slice needs a reason, a name only once", () => {
  const slice = { name: "Dosing", filter: "intent = 'dosage'", tier: "standard", blurred: false };
  expect(missing(slice, null, [], "")).toBeUndefined();
  expect(missing(slice, null, ["Dosing"], "")).toBe("the name is taken");
  expect(missing({ ...slice, filter: "" }, null, [], "")).toBe("it has no conditions");
  expect(missing(slice, slice, ["Dosing"], "why")).toBe("nothing has changed");
  expect(missing({ ...slice, blurred: true }, slice, ["Dosing"], " ")).toBe("a change needs a reason");
  expect(missing({ ...slice, blurred: true }, slice, ["Dosing"], "why")).toBeUndefined();
});

it("only fields that say a text about the sample group a draw", () => {
  const of = (name: string, kind = "text") => ({ name, kind, values: [] });
  expect(groupingFields([of("domain"), of("origin"), of("tokens", "number"), of("path"), of("verdict")])).toEqual(["domain", "origin"]);
});
