//! Whose turn it is: weights as an even order of target groups.

use std::cell::RefCell;

/// Smooth weighted round robin: the group that is furthest behind its share goes next, so that over a round each has
/// exactly its weight and a small one does not come in a run.
pub struct Turns {
    weights: Vec<u32>,
    credit: RefCell<Vec<i64>>,
}

impl Turns {
    pub fn new(weights: Vec<u32>) -> Self {
        let credit = RefCell::new(vec![0; weights.len()]);
        Self { weights, credit }
    }

    /// The number of the group that is next; none when every weight is zero.
    pub fn next(&self) -> Option<usize> {
        if let [only] = self.weights[..] {
            return (only > 0).then_some(0);
        }
        let mut credit = self.credit.borrow_mut();
        let mut chosen = None;
        for (number, &weight) in self.weights.iter().enumerate().filter(|(_, weight)| **weight > 0) {
            credit[number] += i64::from(weight);
            // Of equals the first: the order is the one in which the groups are named.
            if chosen.is_none_or(|best: usize| credit[number] > credit[best]) {
                chosen = Some(number);
            }
        }
        credit[chosen?] -= self.weights.iter().copied().map(i64::from).sum::<i64>();
        chosen
    }

    /// Whether these are the turns of the same weights, and may go on where they are.
    pub fn is_of(&self, weights: &[u32]) -> bool {
        self.weights == weights
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Turns;

    fn drawn(weights: &[u32], times: usize) -> Vec<usize> {
        let turns = Turns::new(weights.to_vec());
        (0..times).filter_map(|_| turns.next()).collect()
    }

    #[test]
    fn equal_weights_alternate() {
        assert_eq!(drawn(&[50, 50], 4), [0, 1, 0, 1]);
    }

    #[test]
    fn a_small_share_comes_once_in_its_round_and_not_in_a_run() {
        let order = drawn(&[90, 10], 20);
        let small: Vec<usize> = (0..20).filter(|&turn| order[turn] == 1).collect();
        assert_eq!(small.len(), 2);
        assert_eq!(small[1] - small[0], 10);
    }

    #[test]
    fn a_group_of_weight_zero_has_no_turn() {
        assert_eq!(drawn(&[100, 0], 5), [0; 5]);
    }

    #[test]
    fn without_any_weight_nobody_has_a_turn() {
        assert!(drawn(&[0, 0], 5).is_empty());
        assert!(drawn(&[0], 5).is_empty());
        assert!(drawn(&[], 5).is_empty());
    }

    proptest! {
        #[test]
        fn over_a_round_every_group_has_exactly_its_weight(weights in prop::collection::vec(0u32..50, 1..6)) {
            let total: u32 = weights.iter().sum();
            let order = drawn(&weights, total as usize);
            for (number, &weight) in weights.iter().enumerate() {
                prop_assert_eq!(order.iter().filter(|&&one| one == number).count(), weight as usize);
            }
        }
    }
}
