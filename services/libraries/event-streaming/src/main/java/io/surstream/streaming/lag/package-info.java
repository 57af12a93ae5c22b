/** How far groups are behind their topics. */
package io.surstream.streaming.lag;
