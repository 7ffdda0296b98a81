/// How old gold is: members by the month of their promotion, those past the limit, and the limit itself.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/button";
import { Charted } from "@/components/charted";
import { Field } from "@/components/field";
import { Visible } from "@/components/reading";
import { Verbatim } from "@/components/verbatim";
import { asFault, call, type GoldAnchor } from "@/ipc";
import { faultWords } from "@/lib/fault_words";
import { count, counted, date } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import { sliceWords } from "./slice";
import css from "./audit.module.css";

const HEIGHT = 84;
const WIDEST = 44;

/** `Nov 2026` */
function monthName(month: string): string {
  return new Date(`${month}-15T00:00:00Z`).toLocaleDateString("en-GB", { month: "short", year: "numeric", timeZone: "UTC" });
}

export function Age({ anchor }: { anchor: GoldAnchor }) {
  const { months, ages_days: ages, settings } = anchor;
  const largest = Math.max(1, ...months.map((month) => month.members));
  return (
    <div className={css.section}>
      <Charted
        title="Age" gloss={ages ? `month of promotion; the oldest is ${counted(ages[2], "day")}, the median ${count(ages[1])}, the limit ${count(settings.max_age_days)}` : "no member yet"}
        columns={[{ head: "month" }, { head: "members promoted", numeric: true }]}
        rows={months.map((month) => [month.month, month.members])}
      >
        {months.length === 0 ? <p className="small t2">The ages of members stand here once there are any.</p> : (
          <ol className={css.months} aria-label="Members by month of promotion">
            {months.map((month) => (
              <li key={month.month} style={{ maxWidth: WIDEST }}>
                <span>{month.members === 0 ? "" : count(month.members)}</span>
                <svg width="100%" height={HEIGHT} aria-hidden="true"><rect x="0.5" width="calc(100% - 1px)" y={HEIGHT - (month.members / largest) * (HEIGHT - 1)} height={(month.members / largest) * (HEIGHT - 1)} fill="var(--gold-mark)" stroke="var(--gold)" strokeWidth={month.members === 0 ? 0 : 1} /></svg>
                <span className="t2"><abbr title={monthName(month.month)}>{monthName(month.month).slice(0, 3)}</abbr></span>
                <span className="unseen">{monthName(month.month)}: {counted(month.members, "member")}</span>
              </li>
            ))}
          </ol>
        )}
      </Charted>
      <Limits key={`${settings.max_age_days} ${settings.thin_below}`} anchor={anchor} />
      <Old anchor={anchor} />
    </div>
  );
}

function Old({ anchor: { old, old_count: all, settings } }: { anchor: GoldAnchor }) {
  const { keep } = useNavigation();
  if (all === 0) return <p className="small t2">No member is older than {counted(settings.max_age_days, "day")}.</p>;
  return (
    <>
      <p>{counted(all, "member")} older than {counted(settings.max_age_days, "day")}: look whether reality has moved on, then promote newer samples and revoke these.</p>
      <table className={css.list} aria-label="Members past the limit of age">
        <thead><tr><th scope="col">member</th><th scope="col">slice</th><th scope="col">promoted</th></tr></thead>
        <tbody>{old.map((member) => (
          <tr key={member.digest}>
            <td className={css.text}><button type="button" className="link" dir="auto" onClick={() => keep({ page: undefined, list: "members", digest: member.digest })}><Visible text={member.title} /></button></td>
            <td><Verbatim>{sliceWords(member)}</Verbatim></td>
            <td title={`#${count(member.seq)} by ${member.by}`}>{date(member.at)}</td>
          </tr>
        ))}</tbody>
      </table>
      {all > old.length && <p className="small t2">The oldest {count(old.length)} are listed.</p>}
    </>
  );
}

/** When gold asks for attention, for the whole workspace. */
function Limits({ anchor: { settings } }: { anchor: GoldAnchor }) {
  const client = useQueryClient();
  const [days, setDays] = useState(String(settings.max_age_days));
  const [thin, setThin] = useState(String(settings.thin_below));
  const whole = (text: string) => /^[1-9]\d{0,5}$/.test(text.trim());
  const set = useMutation({
    mutationFn: () => call("gold_settings", { max_age_days: Number(days), thin_below: Number(thin) }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["gold_anchor"] }),
  });
  const same = Number(days) === settings.max_age_days && Number(thin) === settings.thin_below;
  const unavailable = !whole(days) || !whole(thin) ? "whole numbers from 1 on" : same ? "nothing has changed" : set.isPending ? "being saved" : undefined;
  const submit = () => unavailable === undefined && set.mutate();
  return (
    <div className={css.limits}>
      <Field label="Oldest, in days" value={days} onChange={setDays} onSubmit={submit} problem={whole(days) ? undefined : "a whole number from 1 on"} className={css.number} />
      <Field label="Thin below, members" value={thin} onChange={setThin} onSubmit={submit} problem={whole(thin) ? undefined : "a whole number from 1 on"} className={css.number} />
      <Button unavailable={unavailable} onPress={submit}>Set for this workspace</Button>
      {set.isError && <p role="alert" className={css.failed}>Not set: {faultWords(asFault(set.error, "Setting the limits"))}</p>}
    </div>
  );
}
