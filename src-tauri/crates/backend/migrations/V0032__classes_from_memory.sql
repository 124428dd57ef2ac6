-- Who is in a class is known in memory. An index of it wrote to two pages with every sale that moved somebody: to the list of
-- the class left and to that of the one entered.
DROP INDEX figures_by_class;
