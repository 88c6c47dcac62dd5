/** Shapes that many vendors share. They say nothing by themselves: a rule with one of them names the words that must stand near. */
export const UUID = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/
export const HEX_32 = /[\da-f]{32}\b/
export const HEX_40 = /[\da-f]{40}\b/
export const HEX_64 = /[\da-f]{64}\b/
/** 32 or 40 letters and digits; among them a digit and a letter of each case, so that no word, number or hash has the shape. */
export const MIXED_32 = /(?=[a-zA-Z]{0,31}\d)(?=[\da-z]{0,31}[A-Z])(?=[\dA-Z]{0,31}[a-z])[\dA-Za-z]{32}\b/
export const MIXED_40 = /(?=[a-zA-Z]{0,39}\d)(?=[\da-z]{0,39}[A-Z])(?=[\dA-Z]{0,39}[a-z])[\dA-Za-z]{40}\b/
