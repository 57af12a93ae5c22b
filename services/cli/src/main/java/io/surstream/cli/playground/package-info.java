/** The commands about the bundled model: train, score, sheet. */
package io.surstream.cli.playground;
