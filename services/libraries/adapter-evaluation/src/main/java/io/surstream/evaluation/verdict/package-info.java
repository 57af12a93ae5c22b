/** Third stage: two ways of drawing compared, and what follows from it. */
package io.surstream.evaluation.verdict;
