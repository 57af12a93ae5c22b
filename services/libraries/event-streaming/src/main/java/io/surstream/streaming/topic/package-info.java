/** The catalogue of topics: names, settings, and the headers of their records. */
package io.surstream.streaming.topic;
