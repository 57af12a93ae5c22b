/** {@code surstream train}: start, stop and watch runs of a deployment, and take an adapter out of it. */
package io.surstream.cli.train;
