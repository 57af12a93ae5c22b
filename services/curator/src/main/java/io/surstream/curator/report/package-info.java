/** What a stage says of an item, and the counts that a report is made of. */
package io.surstream.curator.report;
