/** What a manifest calls all that extract writes. */
export const SENTENCES = "sentences";

/** What it calls the names of the files that have been written, or are about to be. */
export const OUTPUTS = "outputs";

/** Where the drafts of files lie in an output folder. */
export const DRAFTS = "files";
