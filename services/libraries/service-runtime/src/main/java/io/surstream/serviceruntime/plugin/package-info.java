/** Implementations of an interface that others bring, chosen by their names. */
package io.surstream.serviceruntime.plugin;
