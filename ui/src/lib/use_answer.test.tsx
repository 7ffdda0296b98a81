import { render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { Job } from "@/ipc";
import { TestWindow } from "./test_window";
import { type Answered, useAnswer } from "./use_answer";

const job = (id: number, state: Job["state"]) => ({ id, state }) as Job;

function Asking({ ask }: { ask(): Promise<Answered<string>> }) {
  return <p>{useAnswer({ key: ["asked"], ask }).answer ?? "waiting"}</p>;
}

test("a second job that had ended before it was heard of is asked about again", async () => {
  const ask = vi.fn<() => Promise<Answered<string>>>()
    .mockResolvedValueOnce({ job: job(1, "queued"), answer: null })
    .mockResolvedValueOnce({ job: job(2, "queued"), answer: null })
    .mockResolvedValue({ job: null, answer: "found" });
  render(<TestWindow start={{ view: "card", state: {} }} scope="card" session={{ jobs: [job(1, "succeeded"), job(2, "succeeded")] }}><Asking ask={ask} /></TestWindow>);
  expect(await screen.findByText("found")).toBeInTheDocument();
  expect(ask).toHaveBeenCalledTimes(3);
});
