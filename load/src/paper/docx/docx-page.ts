/** A4 with the margins of GOST 7.32 documents; twentieths of a point. */
export const PAGE = {
  size: { width: 11_906, height: 16_838 },
  margin: { top: 1134, bottom: 1134, left: 1418, right: 851, header: 567, footer: 567 },
};

/** Width between the margins, twentieths of a point. */
export const CONTENT_WIDTH = PAGE.size.width - PAGE.margin.left - PAGE.margin.right;

/** The same in pixels of 96 per inch, for drawings. */
export const CONTENT_PIXELS = Math.floor((CONTENT_WIDTH / 1440) * 96);

/** Font sizes, half-points. */
export const BODY_TEXT = 24;
export const TABLE_TEXT = 18;
/** Of tables too wide for the usual size. */
export const WIDE_TABLE_TEXT = 15;
export const NOTE_TEXT = 20;
