/** {@code surstream certificates}: an authority of one's own in a folder, and certificates of the house's services and their callers. */
package io.surstream.cli.certificates;
