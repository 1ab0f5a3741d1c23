import { LIMITS } from "../../../core/index.ts";

/** Whether a picture is of a size that may be drawn: some say in a few bytes that they are larger than any memory. */
export function isDrawable(width: number, height: number): boolean {
  return width > 0 && height > 0 && width * height <= LIMITS.picturePixels;
}
