/** Languages of the Tatoeba test set (ISO 639-3) that papers average over. */
export const LANGUAGE_LISTS: Readonly<Record<string, readonly string[]>> = {
  // Those of the multilingual Universal Sentence Encoder; LaBSE (Feng et al. 2022, table 6).
  "14": split("ara cmn deu fra ita jpn kor nld pol por rus spa tha tur"),
  // XTREME (Hu et al. 2020).
  "36": split(
    "afr ara ben bul cmn deu ell est eus fin fra heb hin hun ind ita jav jpn kat kaz kor mal mar nld pes por rus spa swh tam tel tgl tha tur urd vie",
  ),
  // Tran et al. 2020, table 4: those of mBART's 25 that are among XTREME's.
  CRISS: split("ara cmn deu est fin fra hin ita jpn kaz kor nld rus spa tur vie"),
};

function split(codes: string): string[] {
  return codes.split(" ");
}
