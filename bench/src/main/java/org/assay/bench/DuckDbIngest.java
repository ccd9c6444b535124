package org.assay.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Reads the same file into a table of a DuckDB file, all columns as text, as bronze has them. */
public final class DuckDbIngest {
  private DuckDbIngest() {}

  /**
   * @param arguments the file, a smaller one to warm up with, and a folder for the database
   */
  public static void main(String[] arguments) throws SQLException, IOException {
    Path folder = Files.createDirectories(Path.of(arguments[2]));
    try (Connection connection =
            DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("people.duckdb"));
        Statement statement = connection.createStatement()) {
      statement.execute("SET threads = 2");
      statement.execute("CREATE TABLE warm AS SELECT * FROM " + source(arguments[1]));
      long begin = System.nanoTime();
      statement.execute("CREATE TABLE people AS SELECT * FROM " + source(arguments[0]));
      statement.execute("CHECKPOINT");
      double seconds = (System.nanoTime() - begin) / 1e9;
      try (ResultSet count = statement.executeQuery("SELECT count(*) FROM people")) {
        count.next();
        System.out.printf("RESULT %d %.2f %d%n", count.getLong(1), seconds, Memory.peakMegabytes());
      }
    }
  }

  private static String source(String file) {
    return file.endsWith(".parquet")
        ? "read_parquet('%s')".formatted(file)
        : "read_csv('%s', all_varchar = true, header = true)".formatted(file);
  }
}
