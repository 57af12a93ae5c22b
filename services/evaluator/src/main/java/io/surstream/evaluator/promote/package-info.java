/** Last stage: from a report to a promotion. */
package io.surstream.evaluator.promote;
