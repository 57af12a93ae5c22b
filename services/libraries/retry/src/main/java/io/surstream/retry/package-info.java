/** How long to wait before the next attempt. */
package io.surstream.retry;
