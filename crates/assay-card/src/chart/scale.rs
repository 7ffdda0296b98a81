//! Where does a value lie on an axis, and which round numbers mark it?

/// An axis from `low` to `high`, drawn over `from` to `to` pixels.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
    logarithmic: bool,
}

impl Scale {
    pub fn linear(low: f64, high: f64, from: f64, to: f64) -> Self {
        let high = if high > low { high } else { low + 1.0 };
        Self {
            low,
            high,
            from,
            to,
            logarithmic: false,
        }
    }

    /// A logarithmic axis widened to whole powers of ten; `low` must be above zero.
    pub fn decades(low: f64, high: f64, from: f64, to: f64) -> Self {
        let low = 10_f64.powf(low.log10().floor());
        let high = 10_f64.powf(high.log10().ceil()).max(low * 10.0);
        Self {
            low,
            high,
            from,
            to,
            logarithmic: true,
        }
    }

    /// The pixel of `value`, kept inside the axis.
    pub fn pixel(&self, value: f64) -> f64 {
        let value = value.clamp(self.low, self.high);
        let fraction = if self.logarithmic {
            (value / self.low).ln() / (self.high / self.low).ln()
        } else {
            (value - self.low) / (self.high - self.low)
        };
        self.from + fraction * (self.to - self.from)
    }

    /// Round values along the axis, about `most` of them.
    pub fn ticks(&self, most: usize) -> Vec<f64> {
        if self.logarithmic {
            self.decade_ticks(most)
        } else {
            self.linear_ticks(most)
        }
    }

    fn decade_ticks(&self, most: usize) -> Vec<f64> {
        let first = self.low.log10().round() as i32;
        let last = self.high.log10().round() as i32;
        let step = ((last - first) as usize).div_ceil(most.max(1)).max(1);
        (first..=last)
            .step_by(step)
            .map(|power| 10_f64.powi(power))
            .collect()
    }

    fn linear_ticks(&self, most: usize) -> Vec<f64> {
        let rough = (self.high - self.low) / most.max(1) as f64;
        let power = 10_f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0]
            .into_iter()
            .map(|n| n * power)
            .find(|step| *step >= rough * 0.999)
            .unwrap_or(rough);
        let first = (self.low / step - 1e-9).ceil() as i64;
        let last = (self.high / step + 1e-9).floor() as i64;
        (first..=last).take(50).map(|n| n as f64 * step).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_inside() {
        assert_eq!(
            Scale::linear(0.0, 5000.0, 0.0, 1.0).ticks(5),
            [0.0, 1000.0, 2000.0, 3000.0, 4000.0, 5000.0]
        );
        let ticks = Scale::linear(0.88, 1.0, 0.0, 1.0).ticks(6);
        assert_eq!(ticks.len(), 7);
        assert!((ticks[0] - 0.88).abs() < 1e-9);
        assert_eq!(
            Scale::decades(1.0, 3444.0, 0.0, 1.0).ticks(6),
            [1.0, 10.0, 100.0, 1000.0, 10000.0]
        );
    }

    #[test]
    fn pixels_stay_on_the_axis() {
        let scale = Scale::decades(1.0, 1000.0, 0.0, 300.0);
        assert!((scale.pixel(10.0) - 100.0).abs() < 1e-9);
        assert_eq!(scale.pixel(0.0), 0.0);
        assert_eq!(scale.pixel(1e9), 300.0);
        assert_eq!(Scale::linear(3.0, 3.0, 0.0, 10.0).pixel(3.0), 0.0);
    }
}
