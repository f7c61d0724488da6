/**
 * Abbreviations that never end a sentence, since what they belong to follows: titles, streets, references. Those of
 * `""` hold in every language. Written without their last full stop, as they stand in a text.
 */
const ALWAYS: Readonly<Record<string, string>> = {
  "": "Dr Prof Mr Mrs Ms St ca cf vs",
  bg: "ул бул проф акад инж св стр вж",
  ca: "Sr Sra av pàg núm",
  cs: "ul tř nám č čl odst např tzv mj str sv ing Ing MUDr Mgr",
  da: "kl Kl f.eks bl.a jf hr fr",
  de: "z.B z. B d.h d. h u.a Hr Fr Abs Art Abb bzw evtl ggf Hrsg inkl sog Str vgl Ing Dipl",
  el: "κ βλ π.χ λ.χ αρ σελ",
  es: "Sr Sra Srta Dra D Dña Ud Uds EE pág págs art cap núm av Av",
  fi: "esim Esim klo mm ns ks",
  fr: "M MM Mme Mlle Mgr Me Pr Ste art chap fig p éd cf env av apr",
  hu: "pl Pl ún ill özv id ifj",
  it: "sig Sig sig.ra dott Dott dr avv ing art Art pag pagg cap fig es Es",
  nl: "dhr Dhr mevr Mevr mw bijv Bijv blz art mr ir drs",
  no: "kl Kl f.eks bl.a jf hr fr",
  pl: "ul al pl os im św ks inż mgr prof dr gen płk np m.in tzn tzw str art por red",
  pt: "Sr Sra Srs Dra Av av R pág Pág págs art Art cap núm Exmo",
  ro: "dl Dl dna Dna dra str Str bd Bd nr art pag cap",
  ru: "ул просп пер пл им проф акад св стр рис табл см ср гл ст гр тов напр т.е т.н",
  sk: "ul nám č čl napr tzv str sv Ing Mgr",
  sl: "ul g ga npr t.i str sv",
  sr: "ул ul бр br г-ђа проф prof тзв tzv нпр npr стр str св sv",
  sv: "kl Kl t.ex T.ex bl.a s.k jfr s fr",
  tr: "Prof Doç Av Sn vb bkz Bkz Cad Sok",
  uk: "вул просп пров пл ім проф акад св стор рис див гл ст напр т.зв",
  vi: "TP Tp ThS TS PGS GS BS",
};

/** Abbreviations that end no sentence where a number follows, in any language. */
const BEFORE_NUMBERS =
  "No no Nos nos Nr nr Fig fig Vol vol Art art Abs p pp S chap cap ch č čl стр рис табл ст гл п";

/** Abbreviations that follow a number where they end a sentence (1990 г.), and a name follows elsewhere (г. Омск). */
const AFTER_NUMBERS: Readonly<Record<string, string>> = { be: "г", bg: "г", ru: "г д", uk: "м р" };

const listed = (table: Readonly<Record<string, string>>, language: string) =>
  (Object.hasOwn(table, language) ? table[language] : "").split(" ").filter(Boolean);

export interface Abbreviations {
  always: ReadonlySet<string>;
  beforeNumbers: ReadonlySet<string>;
  afterNumbers: ReadonlySet<string>;
}

const beforeNumbers = new Set(BEFORE_NUMBERS.split(" "));

/** @param language ISO 639, without a script */
export function abbreviationsOf(language: string): Abbreviations {
  return {
    always: new Set([...listed(ALWAYS, ""), ...listed(ALWAYS, language)]),
    beforeNumbers,
    afterNumbers: new Set(listed(AFTER_NUMBERS, language)),
  };
}
