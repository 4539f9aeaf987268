//! The store on a real PostgreSQL.

mod pool;
mod seals;
