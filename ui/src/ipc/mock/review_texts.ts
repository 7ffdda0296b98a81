/** Samples written for trying the review screen without a backend: several scripts, lengths and kinds of damage. */

export interface MockText {
  readonly title: string;
  readonly domain: string;
  readonly language: string;
  readonly source: string;
  readonly license: string;
  readonly collected: string;
  readonly prompt: string;
  readonly response: string;
}

const paragraph =
  'The tenant must be given written notice of the sum claimed, the period it covers and the account it is to be paid into. A notice that leaves out any of the three does not start the period running, and a claim brought on it is dismissed, though it may be brought again.';

export const mockTexts: readonly MockText[] = [
  {
    title: 'Warfarin, antibiotic', domain: 'health', language: 'en', source: 'careforum-uk', license: 'CC BY 4.0', collected: '2024-03-03',
    prompt:
      'My father is 78 and has taken warfarin for six years, always steady between 2 and 3. On Friday his dentist gave him metronidazole for an abscess, 400 mg three times a day. Nobody mentioned his blood test. It is day three and he feels well, but he has a bruise that none of us can explain. The next INR is on the 29th. Do we wait, or ring someone today?',
    response:
      'Please ring today rather than wait for the 29th. Metronidazole slows the breakdown of warfarin, and the effect usually shows within three to five days, which is where your father is now. A reading that sat still for years can climb in a week on this pair. Ask the anticoagulant clinic for an INR today or tomorrow, and again a few days after the course ends.\n\nSome prescribers reduce warfarin by about a third for the length of the course. That is for them to decide, not a change to make at home, and he should not stop the antibiotic on his own either.\n\nGo to A&E at once if there is black or bloody stool, blood in the urine, a nosebleed that lasts more than ten minutes, a severe headache, or any knock to the head. This information is for general guidance only and does not replace the advice of a qualified professional.',
  },
  {
    title: 'فصل شفهي بلا إشعار', domain: 'law', language: 'ar', source: 'ar-legal-2026', license: 'vendor contract 2026-04', collected: '2026-01-19',
    prompt:
      'فصلني صاحب العمل شفهيًا دون إشعار مكتوب بعد ست سنوات من الخدمة. هل يحق لي التعويض؟ وما المهلة لرفع الدعوى؟ أجري الأساسي 6,400 ريال.',
    response:
      'الأصل أن العقد غير محدد المدة لا يُنهى إلا بإشعار مكتوب، فإن أُنهي دونه استحق العامل أجر مدة الإشعار. ولا يُغني القول عن الكتابة، غير أن عبء الإثبات يقع على من يدّعي الفصل، فاحتفظ بما يثبت تاريخه: الرسائل وسجل الحضور وشهادة زميل.\n\nأما التعويض عن الإنهاء لسبب غير مشروع فأجر خمسة عشر يومًا عن كل سنة من سنوات الخدمة، على ألا يقل عن أجر شهرين (Art. 77). وتُرفع الدعوى خلال اثني عشر شهرًا من تاريخ انتهاء العلاقة العمالية، ولا تُسمع بعدها.\n\nهذه المعلومات للإرشاد العام ولا تُغني عن استشارة محامٍ مختص.',
  },
  {
    title: '口头辞退，六年工龄', domain: 'law', language: 'zh', source: 'legal-clinic-zh', license: 'CC BY-SA 4.0', collected: '2025-11-02',
    prompt: '我在公司工作了六年，上周经理口头通知我不用再来上班，没有任何书面文件。我能要求赔偿吗？需要在多长时间内提出？',
    response:
      '可以。用人单位单方解除劳动合同应当有法定理由，并将理由通知工会；仅口头通知而没有书面证明，通常会被认定为违法解除。您可以要求继续履行合同，或者要求支付赔偿金，标准为经济补偿的二倍。\n\n劳动争议申请仲裁的时效为一年，从知道或者应当知道权利被侵害之日起计算。请尽快收集能证明劳动关系和辞退事实的材料：工资流水、社保记录、考勤、聊天记录和录音。',
  },
  {
    title: 'Inhaler spacer', domain: 'health', language: 'en', source: 'trust-leaflets', license: 'OGL 3.0', collected: '2019-02-12',
    prompt: 'How do I clean my child’s spacer, and how often?',
    response:
      'Once a week. Take it apart, wash it in warm water with a little washing-up liquid, and let it dry in the air. Do not rub the inside with a cloth: that charges the plastic, and the medicine then sticks to the wall instead of reaching the lungs. Replace it once a year, or at once if it is cracked.',
  },
  {
    title: 'Rückforderung der Kaution', domain: 'law', language: 'de', source: 'mietrecht-de', license: 'CC BY 4.0', collected: '2023-05-04',
    prompt: 'Mein Vermieter behält die Kaution ein, obwohl im Übergabeprotokoll keine Mängel stehen. Wie lange darf er das?',
    response:
      'Eine starre gesetzliche Frist gibt es nicht. In der Regel werden dem Vermieter drei bis sechs Monate zugebilligt, um zu prüfen, ob ihm noch Ansprüche zustehen. Ist das Protokoll mängelfrei, kann er wegen sichtbarer Schäden nichts mehr verlangen; für eine ausstehende Nebenkostenabrechnung darf er jedoch einen angemessenen Teil zurückhalten.',
  },
  {
    title: 'Loi et préavis, texte long', domain: 'law', language: 'en', source: 'court-decisions', license: 'public domain', collected: '2018-07-21',
    prompt: 'Summarise the notice requirements, with every exception the court names.',
    response: Array.from({ length: 14 }, (_, index) => `${index + 1}. ${paragraph}`).join('\n\n'),
  },
  {
    title: 'Invisible characters', domain: 'finance', language: 'en', source: 'web-crawl-2023', license: '', collected: '',
    prompt: 'Please pay invoice \u202E001\u202C to account 12\u200B34 today <script>alert(1)</script>',
    response: `Do not pay it before you have rung the number on an older invoice. Ze${'\u0301'.repeat(400)} reference is not one we know. {{7*7}} \u001b[31mred\u001b[0m`,
  },
];
