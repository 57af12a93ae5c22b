/** Topics that are read without a group: followed by every process, scanned, or written in turns. */
package io.surstream.streaming.follow;
