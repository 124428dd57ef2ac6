//! Behaviour, contract, architecture, journeys and the real window, as integration tests.
