/** {@code surstream doctor}: what a machine, a cluster and a store lack, and what to do about it. */
package io.surstream.cli.doctor;
