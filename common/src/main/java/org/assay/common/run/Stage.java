package org.assay.common.run;

/** A layer's door: brings its tables up to date, telling each step to the run's journal. */
public interface Stage {

  /**
   * Does whatever is not done yet; a stage without new input writes nothing.
   *
   * @throws DataRefusedException where data must not be used
   */
  void run(RunContext context);
}
