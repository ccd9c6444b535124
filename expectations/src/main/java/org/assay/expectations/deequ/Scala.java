package org.assay.expectations.deequ;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.collection.immutable.Map$;

/** Java's collections as Scala's. */
final class Scala {
  private Scala() {}

  static <T> Seq<T> seq(List<T> list) {
    return JavaConverters.asScalaBuffer(list).toSeq();
  }

  static <K, V> scala.collection.immutable.Map<K, V> map(Map<K, V> map) {
    scala.collection.immutable.Map<K, V> all = Map$.MODULE$.<K, V>empty();
    for (Map.Entry<K, V> entry : map.entrySet()) {
      all = all.$plus(new Tuple2<>(entry.getKey(), entry.getValue()));
    }
    return all;
  }

  static <K extends Comparable<K>, V> Map<K, V> sorted(scala.collection.Map<K, V> map) {
    return new TreeMap<>(JavaConverters.mapAsJavaMap(map));
  }
}
