/** Topics that are read without a group: followed by every process, scanned, or written alternately. */
package io.surstream.streaming.follow;
