/** Events as services see them: what came in, what goes out, and when it was written. */
package io.surstream.streaming.event;
