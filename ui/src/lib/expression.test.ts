import { describe, expect, test } from "vitest";
import { both, type Condition, conditionsOf, equals, expressionText } from "./expression";

const condition = (over: Partial<Condition>): Condition => ({ field: "domain", operator: "=", values: ["health"], numeric: false, ...over });

describe("conditions and their text", () => {
  test.each<[string, Condition[]]>([
    ["domain = 'health'", [condition({})]],
    ["confidence < 0.80 and tokens >= 120", [condition({ field: "confidence", operator: "<", values: ["0.80"], numeric: true }), condition({ field: "tokens", operator: ">=", values: ["120"], numeric: true })]],
    ["domain not in ('law', 'tax')", [condition({ operator: "not in", values: ["law", "tax"] })]],
    ["license is not null and path like '%/human.json'", [condition({ field: "license", operator: "is not null", values: [] }), condition({ field: "path", operator: "like", values: ["%/human.json"] })]],
    ["source = 'O''Hara''s'", [condition({ field: "source", values: ["O'Hara's"] })]],
    ['"or" = \'x\'', [condition({ field: "or", values: ["x"] })]],
    ['"thread url" = \'a\'', [condition({ field: "thread url", values: ["a"] })]],
    ["المجال = 'صحة'", [condition({ field: "المجال", values: ["صحة"] })]],
    ["", []],
  ])("%s is read and written back unchanged", (text, conditions) => {
    expect(conditionsOf(text)).toEqual(conditions);
    expect(expressionText(conditions)).toBe(text);
  });

  test("keywords are read in any case", () => {
    expect(conditionsOf("domain IS NOT NULL AND tokens > 5")).toHaveLength(2);
  });

  test.each(["domain = 'a' or domain = 'b'", "not domain = 'a'", "(domain = 'a')", "domain =", "domain 'a'", "= 'a'", "domain = 'a' and", "domain = 'a", "a = 1 2", "domain in ()"])("%s stays a text", (text) => {
    expect(conditionsOf(text)).toBeNull();
  });
});

describe("texts put together", () => {
  test("a value that is missing is asked for by null", () => {
    expect(equals("domain", "")).toBe("domain is null");
  });

  test("an `or` is put in parentheses before it is joined", () => {
    expect(both("a = 1 or b = 2", "", "c = 3")).toBe("(a = 1 or b = 2) and c = 3");
  });

  test("one text alone is left as it is", () => {
    expect(both("", "a = 1 or b = 2")).toBe("a = 1 or b = 2");
  });
});
