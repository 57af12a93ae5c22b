/** The service put together out of its settings, its start and stop, its health. */
package io.surstream.curator.app;
