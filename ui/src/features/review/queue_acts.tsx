/// What else can be done with a queue: make a pack of it, write the return of the pack it came in, give it a later rubric.
import { useQuery } from "@tanstack/react-query";
import { Button as AriaButton } from "react-aria-components";
import { Icon } from "@/components/icon";
import { Menu, type MenuChoice } from "@/components/menu";
import { useReturning } from "@/components/returning";
import { Verbatim } from "@/components/verbatim";
import { call, type PackInfo, type QueueInfo } from "@/ipc";
import { useNavigation } from "@/lib/place";
import { useSession } from "@/lib/session";
import css from "./queues.module.css";

export function QueueActs({ queue }: { queue: QueueInfo }) {
  const { go } = useNavigation();
  const { person } = useSession();
  const packs = useQuery({ queryKey: ["packs"], queryFn: () => call("packs"), staleTime: 0 });
  const returning = useReturning();
  const came = packs.data?.find((pack) => !pack.issued && pack.queue === queue.queue && pack.person === person?.name);
  const run: Record<string, () => void> = {
    return: () => came && returning.begin(came),
    pack: () => go("packs", { make: queue.queue }),
    agreement: () => go("agreement", { queue: queue.queue }),
    rubric: () => go("rubrics", { queue: queue.queue }),
  };
  return (
    <>
      <Menu
        label={`More for ${queue.name}`} align="end" items={choices(came, person?.role)} onChoose={(id) => run[id]?.()}
        trigger={<AriaButton className={css.more!} aria-label={`More: ${queue.name}`}>More<Icon name="down" /></AriaButton>}
      />
      <p className={css.written} role={returning.problem ? "alert" : "status"}><Verbatim>{returning.problem ? `Not written: ${returning.problem}` : returning.written}</Verbatim></p>
      {returning.dialog}
    </>
  );
}

function choices(came: PackInfo | undefined, role: string | undefined): MenuChoice[] {
  const keeper = role === "curator" || role === "lead" ? undefined : "for curators and leads";
  return [
    ...(came ? [{ id: "return", title: "Write the return…", unavailable: came.acts === 0 ? "nothing was answered yet" : undefined }] : []),
    { id: "agreement", title: "How far reviewers agree" },
    { id: "pack", title: "Make a pack…", unavailable: keeper },
    { id: "rubric", title: "Give it a later rubric…", unavailable: keeper },
  ];
}
