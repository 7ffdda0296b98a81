/// The focus view on a queue of the mock, with frames that are painted when a test says so.
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, configure, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, vi } from "vitest";
import { useKeyListener } from "@/lib/commands";
import { type Session, SessionContext } from "@/lib/session";
import { Opening } from "./opening";

// A busy machine takes its time to draw a whole view.
configure({ asyncUtilTimeout: 20_000 });

let frames: FrameRequestCallback[] = [];

/** Two frames: what was rendered is on the glass. */
export async function paint() {
  for (let frame = 0; frame < 2; frame += 1) {
    const due = frames;
    frames = [];
    await act(async () => { for (const call of due) call(0); });
  }
}

/** Waits for something to be rendered, then paints it. */
export async function painted() {
  await waitFor(() => expect(frames.length).toBeGreaterThan(0));
  await paint();
}

beforeEach(() => {
  frames = [];
  vi.stubGlobal("requestAnimationFrame", (call: FrameRequestCallback) => frames.push(call));
  vi.stubGlobal("cancelAnimationFrame", () => undefined);
});

afterEach(() => vi.unstubAllGlobals());

function Keys() {
  useKeyListener("review");
  return null;
}

export const noteSaved = vi.fn();

export async function open(queue: string, session: Partial<Session> = {}) {
  noteSaved.mockClear();
  const whole = { settings: {}, setSetting: () => undefined, noteSaved, person: null, ...session } as unknown as Session;
  render(
    <QueryClientProvider client={new QueryClient()}>
      <SessionContext value={whole}>
        <Keys />
        <Opening queue={queue} onLeave={() => undefined} />
      </SessionContext>
    </QueryClientProvider>,
  );
  await screen.findByRole("region", { name: "Text of the sample" });
}

export const key = (name: string, more: Partial<KeyboardEventInit> = {}) => fireEvent.keyDown(document.body, { key: name, ...more });
export const where = () => screen.getByRole("region", { name: /^Sample/ }).getAttribute("aria-label");
export const label = (name: string) => within(screen.getByRole("region", { name: "Labels" })).getByRole("button", { name: new RegExp(name) });
