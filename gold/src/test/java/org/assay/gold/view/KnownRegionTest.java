package org.assay.gold.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.assay.gold.view.Dimensions.KnownRegion;
import org.junit.jupiter.api.Test;

class KnownRegionTest {
  private static final KnownRegion OLD = new KnownRegion(Optional.of("Old"), true);
  private static final KnownRegion NEW = new KnownRegion(Optional.of("New"), true);

  @Test
  void aRegionIsCalledWhatItIsCalledLast() {
    assertThat(OLD.and(NEW)).isEqualTo(NEW);
    assertThat(NEW.and(new KnownRegion(Optional.empty(), true))).isEqualTo(NEW);
  }

  @Test
  void whatAListCallsItCounts() {
    KnownRegion unlisted = new KnownRegion(Optional.of("As somebody wrote it"), false);

    assertThat(OLD.and(unlisted)).isEqualTo(OLD);
    assertThat(unlisted.and(OLD)).isEqualTo(OLD);
  }
}
