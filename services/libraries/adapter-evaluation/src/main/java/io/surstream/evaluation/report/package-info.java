/** Last stage: comparisons as documents for programs and sheets for people. */
package io.surstream.evaluation.report;
