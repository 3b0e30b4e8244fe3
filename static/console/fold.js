// Text as it is searched: as the server folds (src/domain/fold.rs), for the scripts that its own words are written in.
const spelt = {
  "\u00e6": "ae", "\u0153": "oe", "\u00f8": "o", "\u00df": "ss", "\u0142": "l", "\u0111": "d", "\u00f0": "d", "\u00fe": "th", "\u0131": "i",
  "\u0127": "h", "\u0167": "t", "\u014b": "n", "\u03c2": "\u03c3",
};

export const fold = text => text.replace(/[\u2018-\u201b\u2032\u00b4\u02b9-\u02bd]/g, "'").replace(/[\u2010-\u2015\u2212]/g, "-")
  .normalize("NFKD").replace(/[\u0300-\u036f\u00ad\u200b-\u200f\u2060-\u206f\ufeff]/g, "").toLowerCase()
  .replace(/[\u00e6\u0153\u00f8\u00df\u0142\u0111\u00f0\u00fe\u0131\u0127\u0167\u014b\u03c2]/g, letter => spelt[letter]);
